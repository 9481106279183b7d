// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {Token} from "./Token.sol";

StETH constant STETH = StETH(0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84);
address constant WSTETH = 0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0;

/// stETH: shares of one pool of ether; all balances in ETH are worked out at each read, rounded down.
contract StETH is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 sharesValue);
    event Submitted(address indexed sender, uint256 amount, address referral);
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

    function balanceOf(address account) public view returns (uint256) {
        return getPooledEthByShares(sharesOf[account]);
    }

    function getPooledEthByShares(uint256 shares) public view returns (uint256) {
        return getTotalShares == 0 ? 0 : shares * getTotalPooledEther / getTotalShares;
    }

    function getSharesByPooledEth(uint256 amount) public view returns (uint256) {
        return getTotalPooledEther == 0 ? 0 : amount * getTotalShares / getTotalPooledEther;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// Only the wrapper may take what is not its own.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (msg.sender != WSTETH) revert OnlyKeeper();
        _move(from, to, amount);
        return true;
    }

    function transferShares(address to, uint256 shares) external returns (uint256) {
        _moveShares(msg.sender, to, shares);
        return getPooledEthByShares(shares);
    }

    function keeperMove(address from, address to, uint256 amount) external kept {
        _move(from, to, amount);
    }

    /// Move what a holder's whole balance reads: at times a share stays behind.
    function keeperMoveAll(address from, address to) external kept {
        _move(from, to, balanceOf(from));
    }

    function keeperMoveShares(address from, address to, uint256 shares) external kept {
        _moveShares(from, to, shares);
    }

    /// Stake for one what everybody else withdraws at the same time, so that the totals and the rate stay.
    function keeperIssue(address to, uint256 amount) external kept {
        emit Submitted(to, amount, address(0));
        uint256 shares = getSharesByPooledEth(amount);
        _shift(OTHERS, to, shares);
        _tell(OTHERS, address(0), getPooledEthByShares(shares), shares);
        _tell(address(0), to, getPooledEthByShares(shares), shares);
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

    /// An amount is told as it was asked for, though the shares moved may be worth a little less.
    function _move(address from, address to, uint256 amount) private {
        uint256 shares = getSharesByPooledEth(amount);
        _shift(from, to, shares);
        _tell(from, to, amount, shares);
    }

    function _moveShares(address from, address to, uint256 shares) private {
        _shift(from, to, shares);
        _tell(from, to, getPooledEthByShares(shares), shares);
    }

    function _shift(address from, address to, uint256 shares) private {
        if (sharesOf[from] < shares) revert NotEnough();
        sharesOf[from] -= shares;
        sharesOf[to] += shares;
    }

    function _tell(address from, address to, uint256 amount, uint256 shares) private {
        emit Transfer(from, to, amount);
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

    function keeperWrap(address account, uint256 amount) external kept {
        _mint(account, STETH.getSharesByPooledEth(amount));
        STETH.transferFrom(account, address(this), amount);
    }

    function keeperUnwrap(address account, uint256 shares) external kept {
        uint256 amount = STETH.getPooledEthByShares(shares);
        _burn(account, shares);
        STETH.transfer(account, amount);
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
