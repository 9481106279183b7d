// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

LiquidityPool constant POOL = LiquidityPool(0x308861A430be4cce5502d0A12724771Fc6DaF216);
EETH constant EETH_TOKEN = EETH(0x35fA164735182de50811E8e2E824cFb9B6118ac2);
WeETH constant WEETH = WeETH(0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee);

/// eETH: shares of the pool; balances are worked out at each read.
contract EETH is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 sharesValue);

    mapping(address => uint256) public shares;
    uint256 public totalShares;

    function name() external pure returns (string memory) {
        return "ether.fi ETH";
    }

    function symbol() external pure returns (string memory) {
        return "eETH";
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function totalSupply() external view returns (uint256) {
        return POOL.getTotalPooledEther();
    }

    function balanceOf(address account) public view returns (uint256) {
        return POOL.amountForShare(shares[account]);
    }

    function mintShares(address to, uint256 amount) external {
        if (msg.sender != address(POOL)) revert OnlyKeeper();
        shares[to] += amount;
        totalShares += amount;
        _tell(address(0), to, POOL.amountForShare(amount), amount);
    }

    function burnShares(address from, uint256 amount) external {
        if (msg.sender != address(POOL)) revert OnlyKeeper();
        shares[from] -= amount;
        totalShares -= amount;
        _tell(from, address(0), POOL.amountForShare(amount), amount);
    }

    function moveShares(address from, address to, uint256 amount) external {
        if (msg.sender != address(WEETH)) revert OnlyKeeper();
        _shift(from, to, amount);
        _tell(from, to, POOL.amountForShare(amount), amount);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// Only the wrapper may take what is not its own.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (msg.sender != address(WEETH)) revert OnlyKeeper();
        _move(from, to, amount);
        return true;
    }

    function keeperMove(address from, address to, uint256 amount) external kept {
        _move(from, to, amount);
    }

    /// Move what a holder's whole balance reads: at times a share stays behind.
    function keeperMoveAll(address from, address to) external kept {
        _move(from, to, balanceOf(from));
    }

    /// Mint for one the shares that everybody else burns at the same time, so that the rate stays.
    function keeperIssue(address to, uint256 amount) external kept {
        uint256 issued = POOL.sharesForAmount(amount);
        _shift(OTHERS, to, issued);
        _tell(OTHERS, address(0), POOL.amountForShare(issued), issued);
        _tell(address(0), to, POOL.amountForShare(issued), issued);
    }

    function _move(address from, address to, uint256 amount) private {
        uint256 moved = POOL.sharesForAmount(amount);
        _shift(from, to, moved);
        _tell(from, to, amount, moved);
    }

    function _shift(address from, address to, uint256 amount) private {
        shares[from] -= amount;
        shares[to] += amount;
    }

    function _tell(address from, address to, uint256 amount, uint256 moved) private {
        emit Transfer(from, to, amount);
        emit TransferShares(from, to, moved);
    }
}

/// weETH: one share of eETH each.
contract WeETH is NamedToken {
    function getRate() external view returns (uint256) {
        return POOL.amountForShare(1 ether);
    }

    function getEETHByWeETH(uint256 amount) external view returns (uint256) {
        return POOL.amountForShare(amount);
    }

    function getWeETHByeETH(uint256 amount) external view returns (uint256) {
        return POOL.sharesForAmount(amount);
    }

    function keeperWrap(address account, uint256 amount) external kept {
        _mint(account, POOL.sharesForAmount(amount));
        EETH_TOKEN.transferFrom(account, address(this), amount);
    }

    function keeperUnwrap(address account, uint256 share) external kept {
        uint256 amount = POOL.amountForShare(share);
        _burn(account, share);
        EETH_TOKEN.transfer(account, amount);
    }

    /// Wrap or unwrap until the supply is this.
    function keeperSupply(uint256 supply) external override kept {
        if (supply > totalSupply) EETH_TOKEN.moveShares(OTHERS, address(this), supply - totalSupply);
        else EETH_TOKEN.moveShares(address(this), OTHERS, totalSupply - supply);
        _setSupply(supply);
    }
}

contract LiquidityPool is Kept {
    event Rebase(uint256 totalEthLocked, uint256 totalEEthShares);
    event ProtocolFeePaid(uint128 protocolFees);

    address constant TREASURY = address(uint160(uint256(keccak256("poolglass ether.fi treasury"))));

    uint128 public totalValueOutOfLp;
    uint128 public totalValueInLp;

    function getTotalPooledEther() public view returns (uint256) {
        return uint256(totalValueOutOfLp) + totalValueInLp;
    }

    function amountForShare(uint256 share) public view returns (uint256) {
        uint256 total = EETH_TOKEN.totalShares();
        return total == 0 ? 0 : share * getTotalPooledEther() / total;
    }

    function sharesForAmount(uint256 amount) public view returns (uint256) {
        uint256 pooled = getTotalPooledEther();
        return pooled == 0 ? 0 : amount * EETH_TOKEN.totalShares() / pooled;
    }

    /// Stake or unstake until there are so many shares.
    function keeperShares(uint256 target) external kept {
        uint256 total = EETH_TOKEN.totalShares();
        if (target > total) {
            _add(amountForShare(target - total) + (total == 0 ? 0 : 1));
            EETH_TOKEN.mintShares(OTHERS, target - total);
        } else {
            totalValueOutOfLp -= uint128(amountForShare(total - target));
            EETH_TOKEN.burnShares(OTHERS, total - target);
        }
    }

    /// A report: the event first, then the deposit of the fee, which leaves `dust` of itself to everybody.
    function keeperRebase(uint256 rate, uint256 dust) external kept {
        uint256 total = EETH_TOKEN.totalShares();
        uint256 before = getTotalPooledEther();
        uint256 pooled = worth(total, rate);
        totalValueInLp = uint128(pooled / 100);
        totalValueOutOfLp = uint128(pooled) - totalValueInLp;
        emit Rebase(pooled, total);
        uint256 fee = before < pooled ? (pooled - before) / 9 : 0;
        if (fee > dust) _deposit(TREASURY, fee, dust);
        emit ProtocolFeePaid(uint128(fee));
    }

    /// Ordinary stakes between two reports: what their roundings leave behind is `dust` of their amount.
    function keeperStake(uint256 amount, uint256 dust) external kept {
        _deposit(OTHERS, amount, dust);
    }

    function _deposit(address to, uint256 amount, uint256 dust) private {
        uint256 minted = sharesForAmount(amount - dust);
        _add(amount);
        EETH_TOKEN.mintShares(to, minted);
    }

    function _add(uint256 amount) private {
        totalValueInLp += uint128(amount);
    }
}
