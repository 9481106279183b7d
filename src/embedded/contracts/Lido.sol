// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {Token} from "./Token.sol";

StETH constant STETH = StETH(0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84);

/// stETH: shares of one pool of ether; all balances in ETH are worked out at each read, rounded down.
contract StETH is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 sharesValue);
    event TokenRebased(
        uint256 indexed reportTimestamp,
        uint256 timeElapsed,
        uint256 preTotalShares,
        uint256 preTotalEther,
        uint256 postTotalShares,
        uint256 postTotalEther,
        uint256 sharesMintedAsFees
    );

    error NotEnough();

    address constant TREASURY = address(uint160(uint256(keccak256("poolglass lido treasury"))));

    mapping(address => uint256) public sharesOf;
    uint256 public getTotalShares;
    uint256 public getTotalPooledEther;
    uint256 public getBufferedEther;

    function name() external pure returns (string memory) {
        return "Liquid staked Ether 2.0";
    }

    function symbol() external pure returns (string memory) {
        return "stETH";
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    /// In hundredths of a percent of the rewards.
    function getFee() external pure returns (uint16) {
        return 1000;
    }

    function getFeeDistribution() external pure returns (uint16 treasury, uint16 insurance, uint16 operators) {
        return (5000, 0, 5000);
    }

    function isStakingPaused() external pure returns (bool) {
        return false;
    }

    function getCurrentStakeLimit() external pure returns (uint256) {
        return 150_000 ether;
    }

    function totalSupply() external view returns (uint256) {
        return getTotalPooledEther;
    }

    function balanceOf(address account) external view returns (uint256) {
        return getPooledEthByShares(sharesOf[account]);
    }

    function getPooledEthByShares(uint256 shares) public view returns (uint256) {
        return getTotalShares == 0 ? 0 : shares * getTotalPooledEther / getTotalShares;
    }

    function getSharesByPooledEth(uint256 amount) public view returns (uint256) {
        return getTotalPooledEther == 0 ? 0 : amount * getTotalShares / getTotalPooledEther;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _moveShares(msg.sender, to, getSharesByPooledEth(amount));
        return true;
    }

    function transferShares(address to, uint256 shares) external returns (uint256) {
        _moveShares(msg.sender, to, shares);
        return getPooledEthByShares(shares);
    }

    function keeperMoveShares(address from, address to, uint256 shares) external kept {
        _moveShares(from, to, shares);
    }

    function keeperSetBuffer(uint256 amount) external kept {
        getBufferedEther = amount;
    }

    /// One oracle report. Fee shares go to the treasury; what the totals moved besides was staked or withdrawn.
    function keeperReport(
        uint256 reportTimestamp,
        uint256 timeElapsed,
        uint256 postTotalShares,
        uint256 postTotalEther,
        uint256 sharesMintedAsFees
    ) external kept {
        uint256 preTotalShares = getTotalShares;
        uint256 preTotalEther = getTotalPooledEther;
        getTotalShares = postTotalShares;
        getTotalPooledEther = postTotalEther;
        sharesOf[OTHERS] = sharesOf[OTHERS] + postTotalShares - preTotalShares - sharesMintedAsFees;
        sharesOf[TREASURY] += sharesMintedAsFees;
        emit Transfer(address(0), TREASURY, getPooledEthByShares(sharesMintedAsFees));
        emit TransferShares(address(0), TREASURY, sharesMintedAsFees);
        emit TokenRebased(
            reportTimestamp,
            timeElapsed,
            preTotalShares,
            preTotalEther,
            postTotalShares,
            postTotalEther,
            sharesMintedAsFees
        );
    }

    function _moveShares(address from, address to, uint256 shares) private {
        if (sharesOf[from] < shares) revert NotEnough();
        sharesOf[from] -= shares;
        sharesOf[to] += shares;
        emit Transfer(from, to, getPooledEthByShares(shares));
        emit TransferShares(from, to, shares);
    }
}

/// wstETH: one token is one share of stETH, and this contract really holds the shares.
contract WstETH is Token {
    function name() external pure returns (string memory) {
        return "Wrapped liquid staked Ether 2.0";
    }

    function symbol() external pure returns (string memory) {
        return "wstETH";
    }

    function stETH() external pure returns (address) {
        return address(STETH);
    }

    function stEthPerToken() external view returns (uint256) {
        return STETH.getPooledEthByShares(1 ether);
    }

    function tokensPerStEth() external view returns (uint256) {
        return STETH.getSharesByPooledEth(1 ether);
    }

    function getStETHByWstETH(uint256 amount) external view returns (uint256) {
        return STETH.getPooledEthByShares(amount);
    }

    function getWstETHByStETH(uint256 amount) external view returns (uint256) {
        return STETH.getSharesByPooledEth(amount);
    }

    function keeperMint(address to, uint256 shares) external kept {
        _mint(to, shares);
        if (STETH.sharesOf(address(this)) < totalSupply) revert NotEnough();
    }

    function keeperBurn(address from, uint256 shares) external kept {
        _burn(from, shares);
    }
}

contract LidoWithdrawalQueue is Kept {
    uint256 public unfinalizedStETH;
    uint256 public getLastRequestId;
    uint256 public getLastFinalizedRequestId;
    uint256 public getLockedEtherAmount;

    function unfinalizedRequestNumber() external view returns (uint256) {
        return getLastRequestId - getLastFinalizedRequestId;
    }

    function keeperSet(uint256 unfinalized, uint256 lastRequest, uint256 lastFinalized, uint256 locked) external kept {
        unfinalizedStETH = unfinalized;
        getLastRequestId = lastRequest;
        getLastFinalizedRequestId = lastFinalized;
        getLockedEtherAmount = locked;
    }
}
